import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PASSWORD = 'changeit';

export interface KafkaCertificates {
  /** PEM of the authority that has signed the broker's certificate. */
  readonly caFile: string;
  /** PEM of another one. */
  readonly otherCaFile: string;
  /** The broker's key and certificate for 127.0.0.1, as lines of server.properties. */
  readonly brokerProperties: string;
  remove(): Promise<void>;
}

/** An authority and a broker's certificate, made with the keytool of the Java that runs the broker. */
export async function makeKafkaCertificates(): Promise<KafkaCertificates> {
  const directory = await mkdtemp(join(tmpdir(), 'tradegraph-certificates-'));
  const keystore = join(directory, 'broker.p12');
  const caFile = join(directory, 'ca.pem');
  const otherCaFile = join(directory, 'other-ca.pem');
  const otherKeystore = join(directory, 'other.p12');
  const keytool = (store: string, ...options: readonly string[]): Promise<unknown> =>
    run('keytool', [...options, '-keystore', store, '-storetype', 'PKCS12', '-storepass', PASSWORD]);
  const authority = async (store: string, name: string, file: string): Promise<void> => {
    await keytool(store, '-genkeypair', '-alias', 'ca', '-keyalg', 'EC', '-dname', `CN=${name}`, '-ext', 'bc:c');
    await keytool(store, '-exportcert', '-alias', 'ca', '-rfc', '-file', file);
  };
  const broker = async (): Promise<void> => {
    await authority(keystore, 'Tradegraph test authority', caFile);
    const names = ['-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1'];
    await keytool(keystore, '-genkeypair', '-alias', 'broker', '-keyalg', 'EC', ...names, '-signer', 'ca');
    // A broker takes any key of its store: only its own may be left.
    await keytool(keystore, '-delete', '-alias', 'ca');
  };
  await Promise.all([broker(), authority(otherKeystore, 'Another authority', otherCaFile)]);
  return {
    caFile,
    otherCaFile,
    brokerProperties: [
      'ssl.keystore.type=PKCS12',
      `ssl.keystore.location=${keystore}`,
      `ssl.keystore.password=${PASSWORD}`,
      `ssl.key.password=${PASSWORD}`,
      // A broker tries at its start whether it would trust itself.
      'ssl.truststore.type=PEM',
      `ssl.truststore.location=${caFile}`,
    ].join('\n'),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
