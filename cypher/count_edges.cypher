// How many relationships there are of each kind, and how each was read
// parameters: {}
MATCH (:Document)-[r]->()
RETURN type(r) AS relation, coalesce(r.method, '') AS method, count(r) AS edges
ORDER BY relation, method
