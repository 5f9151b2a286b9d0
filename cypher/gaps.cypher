// The held documents that lay down tasks and that no document known here carries out
// parameters: {"as_of": "2015-12-31", "relations": ["REPEALS"], "skip": 0, "limit": 50}
MATCH (d:Document)-[:CONTAINS]->(t:Task)
WHERE d.held AND coalesce(d.date_first, '') <= $as_of
WITH d, count(t) AS tasks
OPTIONAL MATCH (d)<-[r]-(o:Document)
WHERE type(r) IN $relations AND coalesce(o.date_first, '') <= $as_of
WITH d, tasks, count(r) AS carried
WHERE carried = 0
RETURN d.id AS id, d.number AS number, d.kind AS kind, d.issuer AS issuer, d.place AS place,
       d.date AS date, d.date_first AS date_first, d.date_last AS date_last, d.subject AS subject,
       d.held AS held, d.complete AS complete, d.validity AS validity,
       d.effective_from AS effective_from, d.effective_to AS effective_to, tasks
ORDER BY tasks DESC, id
SKIP $skip
LIMIT $limit
