// What these tasks say: the words, the deadline and the days it allows, the product, whether somebody marked it done
// parameters: {"ids": ["vn:task:0123456789abcdef:120"]}
MATCH (t:Task)
WHERE t.id IN $ids
RETURN t.id AS id, t.text AS text, t.deadline AS deadline, t.due_first AS due_first, t.due_last AS due_last,
       t.rrule AS rrule, t.derived AS derived, t.product AS product, t.done AS done
ORDER BY id
