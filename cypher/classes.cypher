// The classes of bodies ("các sở, ban, ngành"), of some places when these are given ("" for none)
// parameters: {"prefix": "vn:org:class.", "places": ["", "hai-phong"]}
MATCH (o:Organization)
WHERE o.id STARTS WITH $prefix AND (size($places) = 0 OR coalesce(split(o.id, '@')[1], '') IN $places)
RETURN o.id AS id, o.name AS name
ORDER BY id
