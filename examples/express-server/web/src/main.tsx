import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { changeUser, createQueryClient } from "./api/query-client.js";
import { onTokenChange } from "./api/token.js";
import { App } from "./app.js";
import { applyTheme } from "./shell/theme.js";
import "./styles/tokens.css";
import "./styles/base.css";

applyTheme();
const queryClient = createQueryClient();
onTokenChange(() => void changeUser(queryClient));

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no place for the pages");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
