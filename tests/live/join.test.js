// @ts-check
// The engine as one script: it parses, and its modules come to life in the order in which they were joined.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import "./stand_in.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("the joined script is a module that offers one function", async () => {
  const print = "from pages.parts.live.join import joined_engine; print(joined_engine())";
  const script = execFileSync("python3", ["-c", print], { cwd: ROOT, encoding: "utf8" });
  const engine = await import(`data:text/javascript;base64,${Buffer.from(script).toString("base64")}`);
  assert.deepEqual(Object.keys(engine), ["default"]);
  assert.equal(typeof engine.default, "function");
});
