DROP TABLE kept_answers;
DROP TABLE api_keys;
