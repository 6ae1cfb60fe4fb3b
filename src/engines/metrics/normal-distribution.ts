/** Horner's scheme: coefficients from the constant up. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i -= 1) value = value * x + (coefficients[i] as number);
  return value;
}

const CDF_NUMERATOR = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688,
  0.0352624965998911,
];
const CDF_DENOMINATOR = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 0.0883883476483184,
];

/**
 * Probability that a standard normal value is below x. Absolute error under 1e-14.
 * @see Hart (1968) as given by West, Better Approximations to Cumulative Normal Functions (2005)
 */
export function normalProbability(x: number): number {
  const distance = Math.abs(x);
  // exp(-37^2 / 2) is where float64 ends.
  if (distance > 37) return x > 0 ? 1 : 0;
  const density = Math.exp((-distance * distance) / 2);
  const tail =
    distance < 7.071067811865475
      ? (density * polynomial(CDF_NUMERATOR, distance)) / polynomial(CDF_DENOMINATOR, distance)
      : density /
        (distance + 1 / (distance + 2 / (distance + 3 / (distance + 4 / (distance + 0.65))))) /
        2.506628274631;
  return x > 0 ? 1 - tail : tail;
}

const CENTRAL = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
] as const;
const MIDDLE = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;
const FAR = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

/**
 * The value that a standard normal variable stays below with this probability. Relative error about 1e-16.
 * @param probability above 0 and below 1
 * @throws RangeError for another
 * @see Wichura, Algorithm AS 241, Applied Statistics 37 (1988), PPND16
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`${probability} is not between 0 and 1`);
  const centered = probability - 0.5;
  if (Math.abs(centered) <= 0.425) {
    const r = 0.180625 - centered * centered;
    return (centered * polynomial(CENTRAL[0], r)) / polynomial(CENTRAL[1], r);
  }
  const root = Math.sqrt(-Math.log(centered < 0 ? probability : 1 - probability));
  const [coefficients, offset] = root <= 5 ? [MIDDLE, 1.6] : [FAR, 5];
  const value = polynomial(coefficients[0], root - offset) / polynomial(coefficients[1], root - offset);
  return centered < 0 ? -value : value;
}
