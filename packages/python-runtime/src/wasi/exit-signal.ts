/** Thrown out of the guest when it ends itself (`proc_exit`). The only throw that means a normal end. */
export class ExitSignal extends Error {
  constructor(readonly code: number) {
    super(`the guest exited with code ${code}`);
    this.name = "ExitSignal";
  }
}
