-- title: On how many topics each two countries both work
-- description: Every two countries that share at least one topic, those that share most first.
-- tables: sharing, the answer of sharing.sql
SELECT one.country AS country, other.country AS other, COUNT(*) AS topics
FROM sharing AS one
JOIN sharing AS other ON other.topic = one.topic
WHERE one.country < other.country
GROUP BY one.country, other.country
ORDER BY topics DESC, country, other
