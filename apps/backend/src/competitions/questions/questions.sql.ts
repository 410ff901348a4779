/** The questions that competition `c` asks, as JSON; null for most competitions, which ask nothing and read nothing here. */
export const ASKED_QUESTIONS = `CASE WHEN c.questions_version > 0 THEN (
  SELECT jsonb_path_query_array(q.questions, '$[*] ? (!exists(@.deleted))')::text
  FROM question_versions q
  WHERE q.competition_id = c.id AND q.version = c.questions_version
) END`;
