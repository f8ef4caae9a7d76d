-- The same question as sheets_sync.ledger.count asks, in SQL: sessions of the schedule, entries matched to
-- them, the accounts of each line and period in their order, make-ups oldest first by cumulative sums.
-- Tables: lines, schedule, log (ids and codes as integers), days (school days), params(today).

CREATE TEMP TABLE line_days AS            -- every pattern day of a line in a period that has begun
SELECT l.line, d.day, d.is_open AND (l.start IS NULL OR d.day >= l.start) AS available, s.start, s.minutes,
       CASE l.kind WHEN 'week' THEN d.week WHEN 'month' THEN d.month WHEN 'n_weeks' THEN d.block
                   WHEN 'cycle' THEN d.cycle_start END AS period
FROM lines l JOIN schedule s USING (line) CROSS JOIN days d
WHERE CASE s.pattern WHEN 'weekly' THEN (s.weekdays >> d.weekday) & 1 = 1
                     WHEN 'alternate' THEN (s.weekdays >> d.weekday) & 1 = 1 AND d.on_week
                     ELSE d.cycle_day IS NOT NULL AND (s.cycle_days >> d.cycle_day) & 1 = 1 END;

CREATE TEMP TABLE periods AS              -- line, period, R, A, D
SELECT l.line, p.period, any_value(l.total) AS r, any_value(l.kind) AS kind, any_value(l.arranged) AS arranged,
       count(*) FILTER (WHERE d.is_open AND (l.start IS NULL OR d.day >= l.start)) AS a,
       count(*) FILTER (WHERE d.is_open AND (l.start IS NULL OR d.day >= l.start) AND d.day >= params.today) AS a_left,
       CASE any_value(l.kind) WHEN 'cycle' THEN 6 WHEN 'year' THEN count(*) FILTER (WHERE d.is_open) ELSE count(*) END AS d,
       CASE any_value(l.kind) WHEN 'week' THEN p.period + INTERVAL 6 DAY WHEN 'n_weeks' THEN p.period + INTERVAL 13 DAY
            WHEN 'month' THEN last_day(p.period) ELSE max(d.day) END < any_value(params.today) AS ended
FROM params, lines l CROSS JOIN days d,
     LATERAL (SELECT CASE l.kind WHEN 'week' THEN d.week WHEN 'month' THEN d.month WHEN 'n_weeks' THEN d.block
                     WHEN 'cycle' THEN d.cycle_start ELSE d.year END AS period) p
WHERE p.period IS NOT NULL AND p.period <= params.today
GROUP BY l.line, p.period;

CREATE TEMP TABLE entries AS              -- one row an entry of a line, doubles once, ranked within its day
SELECT *, row_number() OVER (PARTITION BY line, day ORDER BY start DESC, row_id) AS place
FROM (SELECT l.line, g.day, g.start, g.minutes, g.category, min(g.row_id) AS row_id
      FROM log g JOIN lines l ON l.student = g.student AND l.service = g.service AND l.grp = g.grp, params
      WHERE g.category <> 2 AND g.day <= params.today
      GROUP BY ALL);

CREATE TEMP TABLE suspended AS            -- the dates beyond a student's tenth
SELECT student, day FROM (
    SELECT student, day, dense_rank() OVER (PARTITION BY student ORDER BY day) AS nth
    FROM log WHERE category = 7) WHERE nth > 10;

CREATE TEMP TABLE outcomes AS             -- each session and off-schedule entry, in minutes of each account
WITH sessions AS (
    SELECT *, row_number() OVER (PARTITION BY line, day ORDER BY start) AS place FROM line_days WHERE available),
matched AS (
    SELECT coalesce(s.line, e.line) AS line, coalesce(s.day, e.day) AS day, s.minutes AS planned, e.category AS code,
           CASE WHEN e.minutes >= 0 THEN e.minutes ELSE coalesce(s.minutes, l.minutes) END AS given
    FROM sessions s FULL JOIN entries e ON s.line = e.line AND s.day = e.day AND s.place = e.place
    JOIN lines l ON l.line = coalesce(s.line, e.line))
SELECT m.line,
       CASE l.kind WHEN 'week' THEN d.week WHEN 'month' THEN d.month WHEN 'n_weeks' THEN d.block
                   WHEN 'cycle' THEN d.cycle_start ELSE d.year END AS period,
       CASE WHEN code IN (1, 3) THEN given ELSE 0 END AS delivered,
       CASE WHEN code IS NULL AND m.day >= params.today THEN planned ELSE 0 END AS upcoming,
       CASE WHEN planned IS NULL THEN 0 WHEN code IN (8, 9) OR (code = 7 AND x.day IS NOT NULL) THEN planned
            WHEN code = 1 THEN greatest(0, planned - given) ELSE 0 END AS owed,
       CASE WHEN planned IS NOT NULL AND m.day < params.today AND (code IS NULL OR code = 0) THEN planned ELSE 0 END AS not_logged,
       CASE WHEN planned IS NULL THEN 0 WHEN code IN (4, 5, 6, 10, 11, 12) OR (code = 7 AND x.day IS NULL) THEN planned
            WHEN code = 3 THEN greatest(0, planned - given) ELSE 0 END AS excused
FROM matched m JOIN lines l USING (line) JOIN days d ON d.day = m.day CROSS JOIN params
LEFT JOIN suspended x ON x.student = l.student AND x.day = m.day;

CREATE TEMP TABLE required AS
WITH measured AS (
    SELECT line, period, sum(minutes) FILTER (WHERE available) AS s_open, sum(minutes) FILTER (WHERE NOT available) AS s_shut
    FROM line_days GROUP BY line, period)
SELECT p.*, CASE WHEN a = 0 THEN 0 WHEN kind = 'year' THEN floor(r * a / d + 0.5)
       ELSE floor(least(r, coalesce(s_open, 0)) + greatest(0, r - coalesce(s_open, 0) - coalesce(s_shut, 0)) * a / d + 0.5)
       END::BIGINT AS required
FROM periods p LEFT JOIN measured m USING (line, period);

CREATE TEMP TABLE filled AS               -- delivered, upcoming, owed, not logged, excused: each takes what is open
WITH gathered AS (
    SELECT line, period, sum(delivered) AS gd, sum(upcoming) AS gu, sum(owed) AS go, sum(not_logged) AS gn, sum(excused) AS ge
    FROM outcomes GROUP BY line, period),
taken AS (
    SELECT q.*, coalesce(gd, 0) AS gd, coalesce(gu, 0) AS gu, coalesce(go, 0) AS go, coalesce(gn, 0) AS gn, coalesce(ge, 0) AS ge
    FROM required q LEFT JOIN gathered g USING (line, period)),
accounts AS (
    SELECT *, least(required, gd) AS delivered,
           greatest(0, least(required - gd, gu)) AS upcoming,
           greatest(0, least(required - gd - gu, go)) AS owed,
           greatest(0, least(required - gd - gu - go, gn)) AS not_logged,
           greatest(0, least(required - gd - gu - go - gn, ge)) AS excused,
           greatest(0, required - gd - gu - go - gn - ge) AS rest
    FROM taken)
SELECT line, period, ended, required, delivered, owed, excused,
       upcoming + CASE WHEN arranged AND NOT ended AND a > 0 THEN least(rest, floor(2 * required * a_left / a + 0.5))::BIGINT ELSE 0 END AS upcoming,
       not_logged + CASE WHEN kind = 'month' AND arranged AND ended THEN rest ELSE 0 END AS not_logged,
       rest - CASE WHEN arranged AND NOT ended AND a > 0 THEN least(rest, floor(2 * required * a_left / a + 0.5))::BIGINT ELSE 0 END
            - CASE WHEN kind = 'month' AND arranged AND ended THEN rest ELSE 0 END AS not_scheduled,
       gd - delivered AS extra
FROM accounts;

CREATE TEMP TABLE makeups AS
SELECT l.line, g.row_id, g.day, g.minutes, CASE WHEN g.makeup_for IS NOT NULL THEN
       CASE l.kind WHEN 'week' THEN d.week WHEN 'month' THEN d.month WHEN 'n_weeks' THEN d.block
                   WHEN 'cycle' THEN d.cycle_start ELSE d.year END END AS period
FROM params, log g JOIN lines l ON l.student = g.student AND l.service = g.service AND l.grp = g.grp
LEFT JOIN days d ON d.day = g.makeup_for
WHERE g.category = 2 AND g.day <= params.today;

CREATE TEMP TABLE named AS                -- step 1: on the period of the "make-up for" date
WITH given AS (SELECT line, period, sum(minutes) AS m FROM makeups WHERE period IS NOT NULL GROUP BY line, period)
SELECT f.*, least(owed, m) AS u1, greatest(0, least(m - owed, CASE WHEN ended THEN not_scheduled ELSE 0 END)) AS u2,
       greatest(0, least(m - owed - CASE WHEN ended THEN not_scheduled ELSE 0 END, excused)) AS u3, m
FROM filled f JOIN given g USING (line, period);

CREATE TEMP TABLE after_named AS
SELECT f.line, f.period, f.ended, f.required, f.delivered, f.upcoming, f.not_logged, f.extra,
       f.owed - coalesce(u1, 0) AS owed, f.not_scheduled - coalesce(u2, 0) AS not_scheduled, f.excused - coalesce(u3, 0) AS excused,
       coalesce(u1 + u2 + u3, 0) AS made_up
FROM filled f LEFT JOIN named n USING (line, period);

CREATE TEMP TABLE spent AS                -- step 2: supply by date against demand by account and period
WITH supply AS (
    SELECT line, day, row_id, minutes FROM makeups WHERE period IS NULL
    UNION ALL
    SELECT m.line, max(m.day), max(m.row_id), any_value(n.m - n.u1 - n.u2 - n.u3)
    FROM makeups m JOIN named n USING (line, period) GROUP BY m.line, m.period),
running AS (
    SELECT *, sum(minutes) OVER (PARTITION BY line ORDER BY day, row_id) AS upto,
           max(day) OVER (PARTITION BY line) AS latest FROM supply WHERE minutes > 0),
demand AS (
    SELECT a.line, a.period, account, minutes,
           sum(minutes) OVER (PARTITION BY a.line ORDER BY account, a.period) AS upto
    FROM (SELECT DISTINCT line, latest FROM running) r
    JOIN (SELECT line, period, 1 AS account, owed AS minutes FROM after_named
          UNION ALL SELECT line, period, 2, not_scheduled FROM after_named WHERE ended
          UNION ALL SELECT line, period, 3, excused FROM after_named) a ON a.line = r.line AND a.period <= r.latest
    WHERE minutes > 0)
SELECT d.line, d.period, account, sum(least(d.upto, r.upto) - greatest(d.upto - d.minutes, r.upto - r.minutes)) AS used
FROM demand d JOIN running r ON d.line = r.line AND d.period <= r.day
     AND d.upto > r.upto - r.minutes AND r.upto > d.upto - d.minutes
GROUP BY d.line, d.period, account;

CREATE TEMP TABLE counted AS
WITH used AS (
    SELECT line, sum(used) AS used, sum(used) FILTER (WHERE account = 1) AS u1, sum(used) FILTER (WHERE account = 2) AS u2,
           sum(used) FILTER (WHERE account = 3) AS u3 FROM spent GROUP BY line),
given AS (SELECT line, sum(minutes) AS minutes, count(*) AS makeups FROM makeups GROUP BY line),
total AS (
    SELECT line, sum(required) AS required, sum(delivered) AS delivered, sum(made_up) AS made_up, sum(upcoming) AS upcoming,
           sum(owed) AS owed, sum(not_logged) AS not_logged, sum(excused) AS excused, sum(not_scheduled) AS not_scheduled,
           sum(extra) AS extra
    FROM after_named GROUP BY line)
SELECT line, required, delivered, made_up + coalesce(used, 0) AS made_up, upcoming, owed - coalesce(u1, 0) AS owed, not_logged,
       excused - coalesce(u3, 0) AS excused, not_scheduled - coalesce(u2, 0) AS not_scheduled,
       extra + coalesce(minutes, 0) - made_up - coalesce(used, 0) AS extra, coalesce(makeups, 0) AS makeups
FROM total LEFT JOIN used USING (line) LEFT JOIN given USING (line) ORDER BY line;
