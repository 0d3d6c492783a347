// Strategies saved on this device can be compared too.

import { saved } from "./strategy.js";

const choice = document.getElementById("strategy");
if (choice) for (const [name, line] of Object.entries(saved())) choice.append(new Option(name, line));
