import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const faults = (environment: Record<string, string>): readonly string[] => {
  const config = readConfig(environment);
  return config.ok ? [] : config.error;
};

describe('the Kafka settings', () => {
  it('take one broker or several, and leave Kafka out when none is named', () => {
    expect(readConfig({ KAFKA_BROKERS: ' a.example:9092, [::1]:9093,10.0.0.1:1' })).toMatchObject({
      ok: true,
      value: {
        KAFKA_BROKERS: ['a.example:9092', '[::1]:9093', '10.0.0.1:1'],
        KAFKA_CLIENT_ID: 'tradegraph',
        KAFKA_SSL: false,
      },
    });
    expect(readConfig({ KAFKA_BROKERS: '' })).toMatchObject({ ok: true, value: {} });
  });

  it('refuse an address without a port, with a scheme, or with a port that is none', () => {
    for (const KAFKA_BROKERS of ['localhost', 'kafka://a:9092', 'a:9092,', 'a:0', 'a:70000', '::1:9092']) {
      expect(faults({ KAFKA_BROKERS })[0]).toMatch(/^KAFKA_BROKERS: must be host:port/);
    }
  });

  it('take SASL only as a whole, and never show the password', () => {
    const whole = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'hidden' };
    expect(faults(whole)).toEqual([]);
    for (const name of Object.keys(whole)) {
      const [fault] = faults({ ...whole, [name]: '' });
      expect(fault).toMatch(new RegExp(`^${name}: .*is needed: SASL takes`));
      expect(fault).not.toContain('hidden');
    }
    expect(faults({ ...whole, KAFKA_SASL_MECHANISM: 'gssapi' })[0]).toMatch(/^KAFKA_SASL_MECHANISM: /);
  });

  it('refuse authorities for a connection without TLS', () => {
    expect(faults({ KAFKA_CA_FILE: 'ca.pem' })[0]).toMatch(/^KAFKA_CA_FILE: is only used with KAFKA_SSL=true/);
    expect(faults({ KAFKA_CA_FILE: 'ca.pem', KAFKA_SSL: 'true' })).toEqual([]);
    expect(faults({ KAFKA_SSL: 'perhaps' })[0]).toMatch(/^KAFKA_SSL: must be true or false/);
  });
});
