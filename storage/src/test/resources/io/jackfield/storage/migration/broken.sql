CREATE TABLE half_way (id INTEGER);

CREATE TABLE ( nonsense;
