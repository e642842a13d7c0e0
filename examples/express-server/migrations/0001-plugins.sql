create table wasmforge.plugins (
  id bigint generated always as identity primary key,
  name text not null unique,
  owner text,
  version integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table wasmforge.plugin_versions (
  plugin_id bigint not null references wasmforge.plugins on delete cascade,
  version integer not null check (version > 0),
  code text not null,
  sha256 text not null,
  description text not null,
  input_type text not null check (input_type in ('text', 'file', 'json')),
  input_hint text not null,
  calls integer not null check (calls > 0),
  uploaded_by text,
  uploaded_at timestamptz not null default now(),
  primary key (plugin_id, version)
);

-- A plugin always has the version that it says is current. Deferred, because each needs the other to exist.
alter table wasmforge.plugins
  add constraint plugins_current_version foreign key (id, version)
  references wasmforge.plugin_versions (plugin_id, version) deferrable initially deferred;

create table wasmforge.plugin_tags (
  plugin_id bigint not null references wasmforge.plugins on delete cascade,
  tag text not null,
  primary key (plugin_id, tag)
);
create index plugin_tags_by_tag on wasmforge.plugin_tags (tag);

create table wasmforge.reviews (
  plugin_id bigint not null references wasmforge.plugins on delete cascade,
  author text not null,
  rating integer not null check (rating between 1 and 5),
  text text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (plugin_id, author)
);

-- History outlives the plugin: what ran, and what it cost, stays true.
create table wasmforge.runs (
  id uuid primary key,
  plugin_id bigint references wasmforge.plugins on delete set null,
  plugin_name text,
  version integer,
  user_name text,
  status text not null check (status in ('completed', 'failed', 'stopped')),
  reason text,
  error_message text,
  started_at timestamptz not null,
  queue_ms double precision not null,
  wall_ms double precision not null,
  compute_ms double precision not null,
  wait_ms double precision not null,
  peak_memory_bytes bigint not null,
  calls integer not null,
  prompt_tokens bigint not null,
  completion_tokens bigint not null,
  input_bytes bigint not null,
  output_bytes bigint not null,
  audit jsonb not null
);
create index runs_by_time on wasmforge.runs (started_at desc, id desc);
create index runs_of_plugin on wasmforge.runs (plugin_id, started_at desc, id desc);
create index runs_of_user on wasmforge.runs (user_name, started_at desc, id desc);

-- Kept beside the history, which is cleared after a while, and in step with it.
create table wasmforge.plugin_counts (
  plugin_id bigint primary key references wasmforge.plugins on delete cascade,
  completed bigint not null default 0,
  failed bigint not null default 0,
  stopped bigint not null default 0,
  last_run_at timestamptz
);

create table wasmforge.tokens (
  id text primary key,
  user_name text not null,
  label text not null,
  scopes text[] not null,
  secret_hash text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index tokens_of_user on wasmforge.tokens (user_name);
