/** Stored model bytes that are damaged, foreign, or of a version this program does not read. Retrying does not help. */
export class ModelFormatError extends Error {
  override readonly name = 'ModelFormatError';
  readonly code = 'MODEL_FORMAT';
  readonly retriable = false;
}
