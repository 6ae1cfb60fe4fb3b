import { registerEnumType } from 'type-graphql';

/** Registers a GraphQL enum whose values are its names; `values` describes every member of the closed set. */
export function defineEnum<V extends string>(
  name: string,
  description: string,
  values: Record<V, string>,
): Record<V, V> {
  const members = Object.keys(values) as V[];
  const enumeration = Object.fromEntries(members.map((member) => [member, member])) as Record<V, V>;
  const valuesConfig = Object.fromEntries(members.map((member) => [member, { description: values[member] }]));
  registerEnumType(enumeration, {
    name,
    description,
    valuesConfig: valuesConfig as Record<V, { description: string }>,
  });
  return enumeration;
}
