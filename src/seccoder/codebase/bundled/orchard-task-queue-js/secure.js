import * as knownTasks from "./tasks.js";

export async function enqueue(queue, task, args) {
  if (!Object.hasOwn(knownTasks, task)) throw new Error(`There is no task ${task}`);
  await queue.push(JSON.stringify({ task, args }));
}

export async function work(text, tasks = knownTasks) {
  const { task, args } = Object(JSON.parse(text));
  // Only names travel. What runs is a function that was in this program before the job came.
  if (typeof task !== "string" || !Object.hasOwn(tasks, task) || typeof tasks[task] !== "function") {
    throw new Error("Not a job");
  }
  return tasks[task](args ?? {});
}
