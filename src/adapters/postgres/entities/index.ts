/** The entities that reads go through. */
export const ENTITIES: never[] = [];
