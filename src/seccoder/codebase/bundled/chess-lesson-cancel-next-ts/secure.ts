export interface Lesson { id: string; pupil: string; teacher: string }
export interface User { id: string; role: "pupil" | "teacher" | "office" }

interface Deps {
  getSession(request: Request): Promise<User | null>;
  lessons: { find(id: string): Promise<Lesson | null>; remove(id: string): Promise<boolean> };
}

export function makeRoute({ getSession, lessons }: Deps) {
  return {
    async DELETE(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
      const user = await getSession(request);
      if (!user) return new Response("Please sign in", { status: 401 });
      const { id } = await context.params;
      const lesson = await lessons.find(id);
      // Who may cancel follows from this very lesson; strangers do not even learn that it exists.
      const may = lesson && (user.role === "office" || user.id === lesson.pupil || user.id === lesson.teacher);
      if (!may) return new Response("Not found", { status: 404 });
      await lessons.remove(lesson.id);
      return new Response(null, { status: 204 });
    },
  };
}
