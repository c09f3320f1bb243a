-- Clients, in the order of their identifiers, which is the order they registered. state (ListedState), version and name repeat
-- what the record says; name: in every language and in upper case, UTF-8.
create table client (
    client_id uuid primary key,
    state smallint not null,
    version bigint not null,
    name bytea not null,
    record bytea not null
);
create index client_state on client (state, client_id);

-- How many clients have each state (ListedState).
create table client_count (
    state smallint primary key,
    clients bigint not null
);

-- By what clients are found (ClientTags).
create table client_tag (
    tag integer,
    client_id uuid,
    primary key (tag, client_id)
);

create table initial_access_token (
    initial_access_token_id uuid primary key,
    record bytea not null
);

-- Software statements and requests that had their one use. expires_at: milliseconds since 1970-01-01T00:00:00Z. result: what the
-- request made or changed; null for a software statement.
create table one_time_use (
    key bytea primary key,
    expires_at bigint not null,
    result uuid
);
create index one_time_use_expiry on one_time_use (expires_at);

create table registration_status (
    id smallint primary key check (id = 1),
    record bytea not null
);

-- subject: the client the event is about. latest_time: the latest time of this and all events before it, so that it never falls.
-- invalidates: the client that the change replaced or removed; sets_registration_status: whether it set the registration status. Instances
-- follow these two, to drop what they have cached.
create table audit_event (
    sequence bigint primary key,
    subject uuid,
    type text not null,
    time bigint not null,
    latest_time bigint not null,
    invalidates uuid,
    sets_registration_status boolean not null,
    record bytea not null
);
create index audit_event_subject on audit_event (subject, sequence) where subject is not null;
create index audit_event_latest_time on audit_event (latest_time, sequence);
create index audit_event_invalidates on audit_event (sequence) where invalidates is not null or sets_registration_status;

-- The one row that every change locks first: it gives the sequence without gaps, and the changes one after the other. timeline: identifies
-- this history of changes; an import begins another one.
create table audit_head (
    id smallint primary key check (id = 1),
    last_sequence bigint not null,
    latest_time bigint not null,
    timeline uuid not null
);
insert into audit_head (id, last_sequence, latest_time, timeline) values (1, 0, 0, gen_random_uuid());

-- Each running instance and its last batch: after a lost answer it learns here whether the batch was committed.
create table writer (
    writer_id uuid primary key,
    batch bigint not null,
    written_at bigint not null
);

-- The keys of sessions of the console, as XML of ASP.NET Core Data Protection. They are never removed: old ones still open old cookies.
create table session_key (
    name text primary key,
    element text not null
);
