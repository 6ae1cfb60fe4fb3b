/** Codes by which Node refuses a certificate that none of the known authorities has signed. */
const UNKNOWN_AUTHORITY = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** Why a call of kafkajs failed, in a line, with the setting to look at where the failure says which. */
export function kafkaReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const chain = causesOf(error);
  const told = chain[1] ?? error;
  // Of the wrapper's cause, without its number of retries and its name, which is the same for all.
  const message = told.message === '' ? told.name : told.message;
  const advice = chain.map(adviceOn).find((each) => each !== null);
  return advice === undefined ? message : `${message}: ${advice}`;
}

function causesOf(error: Error): readonly Error[] {
  const chain: Error[] = [];
  for (let current: unknown = error; current instanceof Error && !chain.includes(current); current = current.cause) {
    chain.push(current);
  }
  return chain;
}

function adviceOn(error: Error): string | null {
  const { name, message, type, code } = error as Error & { readonly type?: unknown; readonly code?: unknown };
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || /mechanism .*not supported/i.test(message)) {
    return 'KAFKA_SASL_MECHANISM must be one that the brokers enable';
  }
  if (name === 'KafkaJSSASLAuthenticationError') {
    return 'look at KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD (or its _FILE) and KAFKA_SASL_MECHANISM';
  }
  if (UNKNOWN_AUTHORITY.includes(String(code))) {
    return "KAFKA_CA_FILE must hold the authority that has signed the brokers' certificates";
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'KAFKA_BROKERS must name the brokers as their certificates do';
  if (code === 'CERT_HAS_EXPIRED') return "the brokers' certificate is to be renewed";
  if (/wrong version number|packet length too long|before secure TLS connection/i.test(message)) {
    return 'KAFKA_SSL is true, and the listener at KAFKA_BROKERS does not seem to speak TLS';
  }
  if (name === 'KafkaJSConnectionClosedError') {
    return 'where it is always so, KAFKA_SSL or KAFKA_SASL_MECHANISM is not what the listener at KAFKA_BROKERS asks for';
  }
  if (String(type).endsWith('AUTHORIZATION_FAILED')) {
    return 'the user of KAFKA_SASL_USERNAME needs rights on the topics and groups of KAFKA_TOPIC_PREFIX';
  }
  return null;
}
