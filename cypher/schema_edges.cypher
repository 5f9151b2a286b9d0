// Which types of relationships lead from which label to which, in the graph as it is
// parameters: {}
MATCH (a)-[r]->(b)
WITH [l IN labels(a) WHERE l IN ['Document', 'Task', 'Organization']][0] AS start, type(r) AS relation,
     [l IN labels(b) WHERE l IN ['Document', 'Task', 'Organization']][0] AS finish, count(r) AS edges
RETURN start, relation, finish, edges
ORDER BY start, relation, finish
