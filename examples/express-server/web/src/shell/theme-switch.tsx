import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { chooseTheme, themes, useTheme } from "./theme.js";

const icons = { system: "screen", light: "sun", dark: "moon" } as const;
const names = { system: "as the system", light: "light", dark: "dark" } as const;

export function ThemeSwitch() {
  const theme = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <Button
      look="plain"
      small
      onClick={() => chooseTheme(next)}
      aria-label={`Colours: ${names[theme]}. Change to ${names[next]}.`}
      title={`Colours: ${names[theme]}`}
    >
      <Icon name={icons[theme]} />
    </Button>
  );
}
