/** ML_BACKEND: 'auto' takes tfjs-node when it loads and wasm otherwise. */
export const BACKEND_CHOICES = ['auto', 'node', 'wasm'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];
