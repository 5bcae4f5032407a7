namespace Wye.Sqlite.Tables;

/// <summary>The tables, as steps from one version to the next. A released step is never edited: add one.</summary>
internal static class Schema
{
    /// <summary>Marks the file as Wye's ("Wye1" in ASCII), so that no other program's database is written to.</summary>
    public const int ApplicationId = 0x57796531;

    /// <summary>Step i leads from version i to i + 1.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        // Money in integer pico-dollars, times in microseconds since 1970 UTC, names of enums as text.
        // attempts is clustered by its request: one request's attempts are one read.
        """
            CREATE TABLE requests (
              seq INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              at_us INTEGER NOT NULL,
              key_id TEXT NOT NULL,
              route TEXT NOT NULL,
              requested_model TEXT NOT NULL,
              policy TEXT NOT NULL,
              step_kind TEXT NOT NULL,
              step TEXT,
              run TEXT,
              tier TEXT,
              model TEXT,
              deployment TEXT,
              why TEXT NOT NULL,
              query_length INTEGER NOT NULL,
              input_tokens INTEGER NOT NULL,
              cache_read_tokens INTEGER NOT NULL,
              cache_write_tokens INTEGER NOT NULL,
              output_tokens INTEGER NOT NULL,
              reasoning_tokens INTEGER NOT NULL,
              estimated INTEGER NOT NULL,
              cost_pusd INTEGER NOT NULL,
              unpriced INTEGER NOT NULL,
              strong TEXT,
              strong_cost_pusd INTEGER,
              decision_us REAL NOT NULL,
              first_token_ms REAL,
              total_ms REAL NOT NULL,
              attempts INTEGER NOT NULL,
              stream INTEGER NOT NULL,
              status INTEGER NOT NULL,
              failure TEXT
            ) STRICT;
            CREATE TABLE attempts (
              request INTEGER NOT NULL,
              number INTEGER NOT NULL,
              at_us INTEGER NOT NULL,
              node INTEGER NOT NULL,
              cause TEXT NOT NULL,
              model TEXT NOT NULL,
              deployment TEXT NOT NULL,
              input_tokens INTEGER NOT NULL,
              cache_read_tokens INTEGER NOT NULL,
              cache_write_tokens INTEGER NOT NULL,
              output_tokens INTEGER NOT NULL,
              reasoning_tokens INTEGER NOT NULL,
              estimated INTEGER NOT NULL,
              cost_pusd INTEGER,
              first_token_ms REAL,
              total_ms REAL NOT NULL,
              status INTEGER,
              failure TEXT,
              PRIMARY KEY (request, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE keys (
              seq INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              role TEXT NOT NULL,
              hash BLOB NOT NULL CHECK (length(hash) = 32),
              pepper_mark TEXT NOT NULL,
              created_us INTEGER NOT NULL
            ) STRICT;
            """,
        // Keys with rules, expiry, blocking and rotation. key_version counts changes, so that looking for one reads one row.
        """
            ALTER TABLE keys ADD COLUMN name TEXT NOT NULL DEFAULT '';
            ALTER TABLE keys ADD COLUMN previous_hash BLOB CHECK (previous_hash IS NULL OR length(previous_hash) = 32);
            ALTER TABLE keys ADD COLUMN previous_until_us INTEGER;
            ALTER TABLE keys ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
            ALTER TABLE keys ADD COLUMN expires_us INTEGER;
            ALTER TABLE keys ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE keys ADD COLUMN rules TEXT NOT NULL DEFAULT
              '{"routes":null,"models":null,"rpm":null,"tpm":null,"max_concurrent":null,"budgets":[],"tags":[],"metadata":{}}';
            ALTER TABLE keys ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
            CREATE TABLE key_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL) STRICT;
            INSERT INTO key_version (one, version) VALUES (1, 1);
            CREATE TRIGGER keys_added AFTER INSERT ON keys BEGIN UPDATE key_version SET version = version + 1; END;
            CREATE TRIGGER keys_changed AFTER UPDATE ON keys BEGIN UPDATE key_version SET version = version + 1; END;
            CREATE TRIGGER keys_removed AFTER DELETE ON keys BEGIN UPDATE key_version SET version = version + 1; END;
            """,
        // Kinds of tokens that cost otherwise, and the price that was in force; facts of a price are kept once, by their hash.
        // instances are the processes that write; each holds a lease file while it lives. An intent is a call that may have been
        // made, an account one spender's window of one budget. done = ended, while its request went on: reserved is its cost.
        """
            ALTER TABLE requests ADD COLUMN cache_write_hour_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE requests ADD COLUMN audio_input_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE requests ADD COLUMN image_input_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE requests ADD COLUMN audio_output_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE requests ADD COLUMN service_tier TEXT;
            ALTER TABLE attempts ADD COLUMN cache_write_hour_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE attempts ADD COLUMN audio_input_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE attempts ADD COLUMN image_input_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE attempts ADD COLUMN audio_output_tokens INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE attempts ADD COLUMN service_tier TEXT;
            ALTER TABLE attempts ADD COLUMN price TEXT;
            CREATE TABLE prices (
              version TEXT PRIMARY KEY,
              facts TEXT NOT NULL,
              first_us INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE instances (
              id TEXT PRIMARY KEY,
              started_us INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE intents (
              request TEXT NOT NULL,
              number INTEGER NOT NULL,
              instance TEXT NOT NULL,
              at_us INTEGER NOT NULL,
              key_id TEXT NOT NULL,
              route TEXT NOT NULL,
              requested_model TEXT NOT NULL,
              run TEXT,
              stream INTEGER NOT NULL,
              node INTEGER NOT NULL,
              cause TEXT NOT NULL,
              model TEXT NOT NULL,
              deployment TEXT NOT NULL,
              price TEXT,
              reserved_pusd INTEGER,
              accounts TEXT NOT NULL,
              done INTEGER NOT NULL DEFAULT 0,
              PRIMARY KEY (request, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE accounts (
              seq INTEGER PRIMARY KEY,
              budget TEXT NOT NULL,
              spender TEXT NOT NULL,
              period TEXT NOT NULL,
              start_us INTEGER NOT NULL,
              settled_pusd INTEGER NOT NULL,
              reserved_pusd INTEGER NOT NULL CHECK (reserved_pusd >= 0),
              updated_us INTEGER NOT NULL,
              UNIQUE (budget, spender, period, start_us)
            ) STRICT;
            """,
        // What an answer would have cost by other choices, each as a range; the middle of strong stands in strong_cost_pusd.
        """
            ALTER TABLE requests ADD COLUMN strong_low_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN strong_high_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN cheapest TEXT;
            ALTER TABLE requests ADD COLUMN cheapest_low_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN cheapest_cost_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN cheapest_high_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN previous_policy TEXT;
            ALTER TABLE requests ADD COLUMN previous TEXT;
            ALTER TABLE requests ADD COLUMN previous_low_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN previous_cost_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN previous_high_pusd INTEGER;
            ALTER TABLE requests ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX requests_at ON requests (at_us);
            """,
        // Sums that are kept: over everything recorded (a cost in two halves, each summed by itself, so that it cannot overflow),
        // and per day of what retention has deleted. Corrections are rows that stay as they are. scope tells a run's account, which
        // ends with its run, from others that count for ever.
        """
            CREATE TABLE totals (
              one INTEGER PRIMARY KEY CHECK (one = 1),
              requests INTEGER NOT NULL,
              attempts INTEGER NOT NULL,
              cost_high INTEGER NOT NULL,
              cost_low INTEGER NOT NULL,
              estimated INTEGER NOT NULL,
              unpriced INTEGER NOT NULL
            ) STRICT;
            INSERT INTO totals (one, requests, attempts, cost_high, cost_low, estimated, unpriced)
              SELECT 1, (SELECT count(*) FROM requests), count(*), coalesce(sum(cost_pusd >> 32), 0),
                coalesce(sum(cost_pusd & 4294967295), 0), coalesce(sum(estimated), 0), count(*) - count(cost_pusd)
              FROM attempts;
            CREATE TABLE daily_requests (
              day TEXT NOT NULL,
              key_id TEXT NOT NULL,
              route TEXT NOT NULL,
              tier TEXT NOT NULL,
              model TEXT NOT NULL,
              requests INTEGER NOT NULL,
              failed INTEGER NOT NULL,
              estimated INTEGER NOT NULL,
              unpriced INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              saved INTEGER NOT NULL,
              saved_low INTEGER NOT NULL,
              saved_high INTEGER NOT NULL,
              incomparable INTEGER NOT NULL,
              cheapest INTEGER NOT NULL,
              paid_cheapest INTEGER NOT NULL,
              previous INTEGER NOT NULL,
              previous_low INTEGER NOT NULL,
              previous_high INTEGER NOT NULL,
              paid_previous INTEGER NOT NULL,
              PRIMARY KEY (day, key_id, route, tier, model)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE daily_calls (
              day TEXT NOT NULL,
              model TEXT NOT NULL,
              deployment TEXT NOT NULL,
              cause TEXT NOT NULL,
              calls INTEGER NOT NULL,
              prompt_tokens INTEGER NOT NULL,
              output_tokens INTEGER NOT NULL,
              estimated INTEGER NOT NULL,
              unpriced INTEGER NOT NULL,
              cost INTEGER NOT NULL,
              PRIMARY KEY (day, model, deployment, cause)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE corrections (
              seq INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              at_us INTEGER NOT NULL,
              request TEXT,
              call INTEGER,
              day TEXT NOT NULL,
              call_day TEXT NOT NULL,
              key_id TEXT NOT NULL,
              route TEXT NOT NULL,
              tier TEXT NOT NULL,
              answered_by TEXT NOT NULL,
              model TEXT NOT NULL,
              deployment TEXT NOT NULL,
              cause TEXT NOT NULL,
              amount_pusd INTEGER NOT NULL CHECK (amount_pusd <> 0),
              author TEXT NOT NULL,
              why TEXT NOT NULL,
              in_saved INTEGER NOT NULL,
              in_cheapest INTEGER NOT NULL,
              in_previous INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX corrections_request ON corrections (request);
            CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections BEGIN SELECT RAISE(ABORT, 'append-only'); END;
            CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections BEGIN SELECT RAISE(ABORT, 'append-only'); END;
            ALTER TABLE accounts ADD COLUMN scope TEXT;
            """,
        // Calls that may have been made, what one transaction opened in one row: a list of lists, whose places the view names.
        // An entry is open until its request is recorded, so settling writes nothing here. ended lists request, number and cost
        // of calls that ended while their request went on.
        """
            CREATE TABLE intent_batches (
              seq INTEGER PRIMARY KEY,
              instance TEXT NOT NULL,
              entries TEXT NOT NULL,
              ended TEXT NOT NULL
            ) STRICT;
            INSERT INTO intent_batches (instance, entries, ended)
              SELECT instance,
                json_group_array(json_array(request, number, at_us, key_id, route, requested_model, run, stream, node, cause,
                  model, deployment, price, reserved_pusd, accounts)),
                json_group_array(json_array(request, number, reserved_pusd)) FILTER (WHERE done)
              FROM intents GROUP BY instance;
            DROP TABLE intents;
            CREATE VIEW intents AS
              SELECT batch.instance AS instance, batch.seq AS batch, entry.value ->> 0 AS request, entry.value ->> 1 AS number,
                entry.value ->> 2 AS at_us, entry.value ->> 3 AS key_id, entry.value ->> 4 AS route,
                entry.value ->> 5 AS requested_model, entry.value ->> 6 AS run, entry.value ->> 7 AS stream,
                entry.value ->> 8 AS node, entry.value ->> 9 AS cause, entry.value ->> 10 AS model,
                entry.value ->> 11 AS deployment, entry.value ->> 12 AS price, entry.value ->> 13 AS reserved_pusd,
                entry.value ->> 14 AS accounts
              FROM intent_batches AS batch, json_each(batch.entries) AS entry
              WHERE NOT EXISTS (SELECT 1 FROM requests WHERE requests.id = entry.value ->> 0);
            """,
        // What the learned router expected of the model that answered (NULL: another policy chose), and the last word on each
        // answer. Qualities and scores are whole millionths. A judgement outlives its request's row, without its comment.
        """
            ALTER TABLE requests ADD COLUMN expected_basis TEXT;
            ALTER TABLE requests ADD COLUMN expected_cell INTEGER;
            ALTER TABLE requests ADD COLUMN expected_quality INTEGER;
            CREATE TABLE judgements (
              request TEXT PRIMARY KEY,
              at_us INTEGER NOT NULL,
              key_id TEXT NOT NULL,
              model TEXT NOT NULL,
              score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000000),
              comment TEXT,
              expected_basis TEXT,
              expected_cell INTEGER,
              expected_quality INTEGER
            ) STRICT, WITHOUT ROWID;
            """,
        // Outcomes are learned by where a prompt lies, not by its nearest cell. requests.expected_cell stays, unused from here on:
        // dropping it would write the whole ledger anew.
        """
            ALTER TABLE requests ADD COLUMN expected_position BLOB;
            ALTER TABLE judgements ADD COLUMN expected_position BLOB;
            ALTER TABLE judgements DROP COLUMN expected_cell;
            """,
        // What a process holds of accounts for calls whose intents stand in a file of its own, and in advance: "account:amount …".
        """
            ALTER TABLE instances ADD COLUMN slices TEXT NOT NULL DEFAULT '';
            """,
        // Mostly a request has one call, of which its own row says nearly everything: the rest stands beside it, and the call has no row
        // in attempts. call_after_us counts from at_us of the request; NULL = its calls are rows. only_calls are those without
        // rows, in the form of those with rows; calls are both.
        """
            ALTER TABLE requests ADD COLUMN call_after_us INTEGER;
            ALTER TABLE requests ADD COLUMN call_first_token_ms REAL;
            ALTER TABLE requests ADD COLUMN call_total_ms REAL;
            ALTER TABLE requests ADD COLUMN call_price TEXT;
            CREATE VIEW only_calls AS
              SELECT seq AS request, 1 AS number, at_us + call_after_us AS at_us, 0 AS node, 'first' AS cause, model, deployment,
                input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cache_write_hour_tokens,
                audio_input_tokens, image_input_tokens, audio_output_tokens, service_tier, estimated, cost_pusd,
                call_first_token_ms AS first_token_ms, call_total_ms AS total_ms, status, failure, call_price AS price,
                at_us AS arrived_us
              FROM requests WHERE call_after_us IS NOT NULL;
            CREATE VIEW calls AS
              SELECT request, number, at_us, node, cause, model, deployment,
                input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cache_write_hour_tokens,
                audio_input_tokens, image_input_tokens, audio_output_tokens, service_tier, estimated, cost_pusd,
                first_token_ms, total_ms, status, failure, price
              FROM attempts
              UNION ALL
              SELECT request, number, at_us, node, cause, model, deployment,
                input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cache_write_hour_tokens,
                audio_input_tokens, image_input_tokens, audio_output_tokens, service_tier, estimated, cost_pusd,
                first_token_ms, total_ms, status, failure, price
              FROM only_calls;
            """,
    ];
}
