// The classes of bodies ("các sở, ban, ngành"), those of some places and those without one
// parameters: {"prefix": "vn:org:class.", "places": ["", "hai-phong"]}
MATCH (o:Organization)
WHERE o.id STARTS WITH $prefix AND coalesce(split(o.id, '@')[1], '') IN $places
RETURN o.id AS id, o.name AS name
ORDER BY id
