/** Raised with each change by which an equal run gives another number: stored with every result. */
export const ENGINE_VERSION = '2';
