// The bodies that took over from these, over any number of changes; with $whole only where all of the work went over
// parameters: {"ids": ["vn:org:syt@binh-thuan"], "whole": true}
MATCH (n:Organization)-[r:SUCCEEDED_BY*1..4]->(o:Organization)
WHERE n.id IN $ids AND (NOT $whole OR all(step IN r WHERE step.field IS NULL))
RETURN DISTINCT o.id AS id, o.name AS name
ORDER BY id
