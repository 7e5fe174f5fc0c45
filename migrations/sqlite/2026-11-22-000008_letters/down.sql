DROP TABLE issued_letters;
