import { wasi } from "@bjorn3/browser_wasi_shim";

/** The shim writes the dates two and four bytes too early, over one another. Undated is what they are. */
export class Filestat extends wasi.Filestat {
  override write_bytes(view: DataView, at: number): void {
    super.write_bytes(view, at);
    view.setBigUint64(at + 32, this.size, true);
    for (const dateAt of [40, 48, 56]) {
      view.setBigUint64(at + dateAt, 0n, true);
    }
  }
}
