-- Run by PostgreSQL's image when it creates its files: roles and databases, passwords from the
-- environment. The role that owns Nahtlos' tables is not the one that the service works under.
\getenv owner_password NAHTLOS_OWNER_PASSWORD
\getenv application_password NAHTLOS_APP_PASSWORD
\getenv temporal_password TEMPORAL_DATABASE_PASSWORD

CREATE ROLE nahtlos_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE nahtlos_app LOGIN PASSWORD :'application_password';
CREATE DATABASE nahtlos OWNER nahtlos_owner;
REVOKE ALL ON DATABASE nahtlos FROM PUBLIC;
GRANT CONNECT ON DATABASE nahtlos TO nahtlos_app;

CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE ALL ON DATABASE temporal, temporal_visibility FROM PUBLIC;
