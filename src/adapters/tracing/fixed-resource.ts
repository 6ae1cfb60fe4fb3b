import type { TracerProviderOptions } from '@opentelemetry/sdk-trace';

type Resource = NonNullable<TracerProviderOptions['resource']>;

/** What every span of the process says of it. The SDK's own detection would read the environment, which is src/config's to read. */
export function fixedResource(attributes: Readonly<Record<string, string>>): Resource {
  const resource: Resource = {
    attributes: { ...attributes },
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}
