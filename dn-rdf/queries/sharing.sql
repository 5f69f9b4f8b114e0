-- title: Which countries share work on a topic
-- description: The question of sharing.rq, over the tables that the export writes as CSV: every topic,
--   with each country that works on it. It runs as it is in Spark, DuckDB and SQLite.
-- tables: claims, entities, relations and broader, all columns as text
WITH RECURSIVE
  asserted AS (
    SELECT subject, subject_kind, relation, object, object_kind FROM claims WHERE standing = 'stated'
  ),
  -- Bodies, and all of which they are part, directly or through other bodies. Spark has no UNION here
  -- that drops what is found twice, so the way is kept and not gone in circles.
  part(body, whole, whole_kind, way) AS (
    SELECT subject, object, object_kind, '/' || subject || '/' || object || '/'
    FROM asserted
    WHERE relation = 'part-of' AND subject_kind IN ('organization', 'working-group')
    UNION ALL
    SELECT part.body, asserted.object, asserted.object_kind, part.way || asserted.object || '/'
    FROM part
    JOIN asserted ON asserted.subject = part.whole
    WHERE asserted.relation = 'part-of'
      AND part.whole_kind IN ('organization', 'working-group')
      AND part.way NOT LIKE '%/' || asserted.object || '/%'
  ),
  government(member, country) AS (
    SELECT id, id FROM entities WHERE kind = 'country'
    UNION
    SELECT body, whole FROM part WHERE whole_kind = 'country'
  ),
  -- Who works for whom: each for itself, and an initiative for those who run it.
  hand(worker, member) AS (
    SELECT id, id FROM entities WHERE kind IN ('country', 'organization', 'working-group')
    UNION
    SELECT object, subject FROM asserted WHERE relation = 'runs'
  ),
  work(worker, worker_kind, object) AS (
    SELECT asserted.subject, asserted.subject_kind, asserted.object
    FROM asserted
    JOIN relations ON relations.name = asserted.relation
    WHERE relations.work = 'true'
  ),
  -- Work on a commitment is work on the topics and challenges of the commitment.
  aim(worker, object) AS (
    SELECT worker, object FROM work
    UNION
    SELECT work.worker, content.object
    FROM work
    JOIN work AS content ON content.worker = work.object
    WHERE content.worker_kind = 'commitment'
  ),
  done(country, object) AS (
    SELECT DISTINCT government.country, aim.object
    FROM government
    JOIN hand ON hand.member = government.member
    JOIN aim ON aim.worker = hand.worker
  ),
  -- Topics and challenges with themselves and all that is broader, which never leads in circles.
  above(entity, topic, kind) AS (
    SELECT id, id, kind FROM entities WHERE kind IN ('topic', 'challenge')
    UNION ALL
    SELECT above.entity, broader.broader, 'topic'
    FROM above
    JOIN broader ON broader.entity = above.topic
  )
SELECT DISTINCT above.topic, done.country
FROM done
JOIN above ON above.entity = done.object
WHERE above.kind = 'topic'
ORDER BY topic, country
