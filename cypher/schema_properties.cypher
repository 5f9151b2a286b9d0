// Which properties the nodes of each label have, in the graph as it is
// parameters: {}
MATCH (n)
UNWIND keys(n) AS property
WITH [l IN labels(n) WHERE l IN ['Document', 'Task', 'Organization']][0] AS label, property, count(n) AS nodes
RETURN label, property, nodes
ORDER BY label, property
