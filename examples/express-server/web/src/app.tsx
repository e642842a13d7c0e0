import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { Route, Switch, useLocation } from "wouter";
import styles from "./app.module.css";
import { LandingPage } from "./pages/landing/landing-page.js";
import { NotFoundPage } from "./pages/not-found-page.js";
import { Placeholder } from "./parts/placeholder.js";
import { Footer } from "./shell/footer.js";
import { Header } from "./shell/header.js";
import { PageBoundary } from "./shell/page-boundary.js";
import { SignIn } from "./shell/sign-in.js";
import { useSignInOpen } from "./shell/sign-in-state.js";

const MarketPage = lazyPage(() => import("./pages/market/market-page.js"), "MarketPage");
const PluginPage = lazyPage(() => import("./pages/plugin/plugin-page.js"), "PluginPage");
const BuilderPage = lazyPage(() => import("./pages/builder/builder-page.js"), "BuilderPage");
const ModelsPage = lazyPage(() => import("./pages/models/models-page.js"), "ModelsPage");
const ActivityPage = lazyPage(() => import("./pages/activity/activity-page.js"), "ActivityPage");
const RunPage = lazyPage(() => import("./pages/activity/run-page.js"), "RunPage");
const TokensPage = lazyPage(() => import("./pages/tokens/tokens-page.js"), "TokensPage");

export function App() {
  const [path] = useLocation();
  const signInOpen = useSignInOpen();
  const main = useFocusOnChange(path);
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <Header />
      <main className={styles.main} id="main" ref={main} tabIndex={-1}>
        <PageBoundary key={path}>
          <Suspense fallback={<Placeholder what="the page" className={styles.loading} />}>
            <Switch>
              <Route path="/">
                <LandingPage />
              </Route>
              <Route path="/plugins">
                <MarketPage />
              </Route>
              <Route path="/plugins/:name">{({ name }) => <PluginPage key={name} name={name} />}</Route>
              <Route path="/build">
                <BuilderPage />
              </Route>
              <Route path="/build/:name">{({ name }) => <BuilderPage key={name} name={name} />}</Route>
              <Route path="/models">
                <ModelsPage />
              </Route>
              <Route path="/activity">
                <ActivityPage />
              </Route>
              <Route path="/activity/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
              <Route path="/tokens">
                <TokensPage />
              </Route>
              <Route>
                <NotFoundPage />
              </Route>
            </Switch>
          </Suspense>
        </PageBoundary>
      </main>
      <Footer />
      {signInOpen && <SignIn />}
    </>
  );
}

function lazyPage<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) {
  return lazy(() => load().then((module) => ({ default: module[name] })));
}

/** A new page is read from its beginning, by eyes and by screen readers. The first one is where the browser puts them. */
function useFocusOnChange(path: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [path]);
  return main;
}
