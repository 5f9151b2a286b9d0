// Tìm trong trích yếu · Words in numbers and subjects
// Full text; Neo4j only
CALL db.index.fulltext.queryNodes('document_text', 'y tế') YIELD node, score
RETURN coalesce(node.number, node.id) AS document, node.subject AS subject, round(score * 100) / 100 AS score
LIMIT 25
