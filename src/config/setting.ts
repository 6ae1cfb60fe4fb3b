import { z } from 'zod';

/** An empty variable is an unset one: `PORT= npm start` means the default. */
export const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);
export const setting = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema);
export const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
