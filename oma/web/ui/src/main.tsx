/** The page: what is in the address's server, drawn into its body. */

import "@xterm/xterm/css/xterm.css";
import "./style/main.css";

import { render } from "preact";

import { badge } from "./badge";
import { drawByFrames } from "./drawing";
import { begin } from "./page";
import { listen } from "./keys";
import { followViewport } from "./viewport";
import { App } from "./views/app";

drawByFrames();
render(<App />, document.body);
listen();
followViewport();
badge();
void begin();
