// The bodies that these took over from, over any number of changes; with $whole only those all of whose work went over
// parameters: {"ids": ["vn:org:syt@lam-dong.2025"], "whole": false}
MATCH (o:Organization)-[r:SUCCEEDED_BY*1..4]->(n:Organization)
WHERE n.id IN $ids AND (NOT $whole OR all(step IN r WHERE step.field IS NULL))
RETURN DISTINCT o.id AS id, o.name AS name
ORDER BY id
