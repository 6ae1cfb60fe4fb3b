import { Migration } from '@mikro-orm/migrations';

/** Models, predictions, signals and anomalies, each pointing at what it was made of. */
export class Ml extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE models (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        symbol text NOT NULL,
        timeframe text NOT NULL,
        version integer NOT NULL,
        status text NOT NULL,
        backend text NOT NULL,
        trained_from timestamptz NOT NULL,
        trained_to timestamptz NOT NULL,
        skill double precision,
        skill_standard_error double precision,
        directional_accuracy double precision,
        held_out_count integer NOT NULL,
        seed integer NOT NULL,
        training_seconds double precision NOT NULL,
        artifact bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (kind, symbol, timeframe, version)
      );

      CREATE TABLE predictions (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES models (id),
        symbol text NOT NULL,
        timeframe text NOT NULL,
        "timestamp" timestamptz NOT NULL,
        bar_timestamp timestamptz NOT NULL,
        current_price double precision NOT NULL,
        predicted_price double precision NOT NULL,
        expected_change double precision NOT NULL,
        input_from timestamptz NOT NULL,
        input_to timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX predictions_symbol ON predictions (symbol, "timestamp" DESC);

      CREATE TABLE trading_signals (
        id uuid PRIMARY KEY,
        source text NOT NULL,
        symbol text NOT NULL,
        timeframe text NOT NULL,
        "timestamp" timestamptz NOT NULL,
        bar_timestamp timestamptz NOT NULL,
        action text NOT NULL CHECK (action IN ('BUY', 'SELL', 'HOLD')),
        reason text NOT NULL,
        confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        predicted_price double precision,
        current_price double precision NOT NULL,
        stop_loss double precision,
        take_profit double precision,
        stop_distance double precision,
        take_profit_distance double precision,
        settings jsonb NOT NULL,
        prediction_id uuid REFERENCES predictions (id),
        model_id uuid REFERENCES models (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, symbol, timeframe, "timestamp")
      );
      CREATE INDEX trading_signals_time ON trading_signals ("timestamp" DESC, id);

      CREATE TABLE anomalies (
        id uuid PRIMARY KEY,
        model_id uuid NOT NULL REFERENCES models (id),
        symbol text NOT NULL,
        timeframe text NOT NULL,
        "timestamp" timestamptz NOT NULL,
        bar_timestamp timestamptz NOT NULL,
        anomaly_score double precision NOT NULL,
        raw_score double precision NOT NULL,
        anomaly_type text NOT NULL,
        severity text NOT NULL,
        description text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (symbol, timeframe, "timestamp")
      );
      CREATE INDEX anomalies_time ON anomalies ("timestamp" DESC, id);

      -- Which model was in use at a place of market_data: a restart evaluates a bar with the model that was active there.
      CREATE TABLE model_activations (
        part integer NOT NULL,
        off bigint NOT NULL,
        kind text NOT NULL,
        symbol text NOT NULL,
        timeframe text NOT NULL,
        model_id uuid NOT NULL REFERENCES models (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (part, off)
      );
      CREATE INDEX model_activations_series ON model_activations (symbol, timeframe, kind, off DESC);
    `);
  }
}
