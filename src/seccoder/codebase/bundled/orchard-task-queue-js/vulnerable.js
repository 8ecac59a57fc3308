import * as knownTasks from "./tasks.js";

export async function enqueue(queue, task, args) {
  if (!Object.hasOwn(knownTasks, task)) throw new Error(`There is no task ${task}`);
  await queue.push(JSON.stringify({ run: knownTasks[task].toString(), args }));
}

export async function work(text, tasks = knownTasks) {
  const { task, run, args } = Object(JSON.parse(text));
  if (typeof run !== "string" && typeof tasks[task] !== "function") throw new Error("Not a job");
  const job = typeof run === "string" ? new Function(`return (${run})`)() : tasks[task];
  return job(args ?? {});
}
