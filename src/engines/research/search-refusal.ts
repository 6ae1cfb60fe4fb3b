/** Why a search was not begun. */
export interface SearchRefusal {
  readonly code:
    | 'UNKNOWN_PARAMETER'
    | 'PARAMETER_OUT_OF_RANGE'
    | 'BAD_RANGE'
    /** Nothing is left to vary. */
    | 'NO_RANGES'
    | 'TOO_MANY_SETS'
    /** Every set is refused by the strategy itself ("fast must be below slow"). */
    | 'NO_SET_FITS'
    | 'BAD_SAMPLES';
  /** The parameter; null where the search as a whole is at fault. */
  readonly parameter: string | null;
  /** Names the parameter, the value or count, and the limit. */
  readonly message: string;
}
