// Câu chữ làm chứng · The words that say so
// Each relation to the document with its sentence, as a table
WITH '20-NQ/TW' AS number
MATCH (d:Document)<-[r]-(o:Document)
WHERE d.number = number
WITH o, r, d
LIMIT 100
RETURN coalesce(o.number, o.subject, o.id) AS document, type(r) AS relation, r.asserted_by AS by_the_word_of, r.quotes[0] AS words
ORDER BY document, relation, by_the_word_of
