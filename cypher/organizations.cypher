// The bodies, by key
// parameters: {}
MATCH (o:Organization)
RETURN o.id AS id, o.name AS name, o.level AS level
ORDER BY id
