import { is, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import { expect, it } from "vitest";
import { describeBothDatabases } from "../../test/databases.js";
import * as schema from "./schema.js";
import { createStorage } from "./storage.js";

describeBothDatabases("the storage", (opened) => {
  it("has exactly the columns that the schema in TypeScript names", async () => {
    const { rows } = await opened().storage.database.execute<{ column: string }>(sql`
      select table_name || '.' || column_name || ' ' || data_type || case is_nullable when 'YES' then '?' else '' end as column
      from information_schema.columns where table_schema = 'wasmforge' and table_name <> 'migrations'
    `);
    const named = Object.values(schema).flatMap((table) =>
      is(table, PgTable)
        ? getTableConfig(table).columns.map((column) => describeColumn(getTableConfig(table).name, column))
        : [],
    );
    expect(rows.map(({ column }) => column).sort()).toEqual(named.sort());
  });

  it("is brought up to date once", async () => {
    const { configuration, dataFolder, storage } = opened();
    expect(storage.migrated).toEqual(["0001-plugins", "0002-first-wasmforge"]);
    if (configuration.kind === "embedded") return;
    await using again = await createStorage({ database: configuration, dataFolder });
    expect(again.migrated).toEqual([]);
  });

  it("answers a ping", async () => {
    await expect(opened().storage.ping()).resolves.toBeUndefined();
  });
});

function describeColumn(table: string, column: PgColumn): string {
  const type = column.getSQLType().replace(/.*\[\]$/, "ARRAY");
  return `${table}.${column.name} ${type}${column.notNull ? "" : "?"}`;
}
