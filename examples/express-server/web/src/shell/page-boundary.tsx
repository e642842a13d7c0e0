import { Component, type ReactNode } from "react";
import { Button } from "../parts/button.js";
import { Notice } from "../parts/notice.js";

/** A page that fails, or a part of it that could not be loaded, takes nothing else with it. */
export class PageBoundary extends Component<
  { readonly children: ReactNode },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Notice
        live
        tone="bad"
        title="This page could not be shown"
        actions={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        <p>The connection may have broken while it was loading, or the server was updated meanwhile.</p>
      </Notice>
    );
  }
}
