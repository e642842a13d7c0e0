-- A database of the first WasmForge has its plugins in public.plugins. They carry on here, without an owner: it had no
-- users. The old table stays as it is, so that the first WasmForge can still be started on it.
do $adopt$
begin
  if to_regclass('public.plugins') is null or (
    select count(*) from information_schema.columns
    where table_schema = 'public' and table_name = 'plugins'
      and column_name in ('name', 'code', 'description', 'input_type', 'input_hint', 'calls', 'created_at', 'updated_at')
  ) < 8 then
    return;
  end if;
  execute $sql$
    with adopted as (
      insert into wasmforge.plugins (name, version, created_at, updated_at)
      select name::text, 1, coalesce(created_at::timestamptz, now()), coalesce(updated_at::timestamptz, created_at::timestamptz, now())
      from public.plugins
      where name is not null and code is not null
      order by created_at, name
      on conflict (name) do nothing
      returning id, name, updated_at
    )
    insert into wasmforge.plugin_versions
      (plugin_id, version, code, sha256, description, input_type, input_hint, calls, uploaded_at)
    select
      adopted.id, 1, old.code::text, encode(sha256(convert_to(old.code::text, 'UTF8')), 'hex'), coalesce(old.description::text, ''),
      case when old.input_type::text in ('text', 'file', 'json') then old.input_type::text else 'text' end,
      coalesce(old.input_hint::text, ''), greatest(coalesce(old.calls, 1), 1), adopted.updated_at
    from adopted join public.plugins old on old.name::text = adopted.name
  $sql$;
end
$adopt$;
