package seccoder;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.internal.org.objectweb.asm.ClassReader;
import jdk.internal.org.objectweb.asm.ClassVisitor;
import jdk.internal.org.objectweb.asm.ClassWriter;
import jdk.internal.org.objectweb.asm.Label;
import jdk.internal.org.objectweb.asm.MethodVisitor;
import jdk.internal.org.objectweb.asm.Opcodes;
import jdk.internal.org.objectweb.asm.Type;

/**
 * Lets the code's own classes tell of each sensitive call before they make it, with its arguments and its line.
 *
 * <p>A call that would leave the box, or end it, is replaced by the method of `Instead` that has its name.
 */
final class Rewrite extends ClassVisitor {
    /** The calls that were found, as "line kind". */
    static final Set<String> SITES = new LinkedHashSet<>();

    private static final int API = newest();

    private Rewrite(ClassWriter out) {
        super(API, out);
    }

    /** Asked for by name: a constant would be that of the JDK that compiles this. */
    private static int newest() {
        try {
            return Opcodes.class.getField("ASM9").getInt(null);
        } catch (ReflectiveOperationException e) {
            return Opcodes.ASM8;
        }
    }

    static byte[] of(byte[] code) {
        ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(code).accept(new Rewrite(out), 0);
        return out.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
        MethodVisitor out = super.visitMethod(access, name, type, generic, thrown);
        int locals = Type.getArgumentsAndReturnSizes(type) >> 2;
        return out == null ? null : new Body(out, locals);
    }

    /** Looks at each call of a method. */
    private static final class Body extends MethodVisitor {
        private int free;
        private int line;

        Body(MethodVisitor out, int locals) {
            super(API, out);
            free = locals + 400; // behind every local variable of the method itself
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String type, boolean ofInterface) {
            String kind = Watch.kind(owner, name, type);
            if (kind != null) {
                SITES.add(line + " " + kind);
                tell(code, owner, name, type, kind);
            }
            String replaced = Instead.of(owner, name, type);
            if (replaced != null) {
                String given = code == Opcodes.INVOKESTATIC ? type : "(L" + owner + ";" + type.substring(1);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, "seccoder/Instead", replaced, given, false);
                return;
            }
            super.visitMethodInsn(code, owner, name, type, ofInterface);
        }

        /** Stores the arguments away, hands them to `Watch.before`, and puts them back. */
        private void tell(int code, String owner, String name, String type, String kind) {
            Type[] arguments = Type.getArgumentTypes(type);
            boolean receiver = code != Opcodes.INVOKESTATIC && !name.equals("<init>");
            List<Type> kept = new ArrayList<>();
            if (receiver) {
                kept.add(Type.getObjectType(owner));
            }
            kept.addAll(List.of(arguments));
            int[] places = new int[kept.size()];
            int next = free;
            for (int index = kept.size() - 1; index >= 0; index--) {
                places[index] = next;
                super.visitVarInsn(kept.get(index).getOpcode(Opcodes.ISTORE), next);
                next += kept.get(index).getSize();
            }
            super.visitLdcInsn(kind);
            super.visitLdcInsn(owner + "." + name);
            super.visitLdcInsn(line);
            super.visitLdcInsn(kept.size());
            super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
            for (int index = 0; index < places.length; index++) {
                super.visitInsn(Opcodes.DUP);
                super.visitLdcInsn(index);
                super.visitVarInsn(kept.get(index).getOpcode(Opcodes.ILOAD), places[index]);
                box(kept.get(index));
                super.visitInsn(Opcodes.AASTORE);
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, "seccoder/Watch", "before",
                "(Ljava/lang/String;Ljava/lang/String;I[Ljava/lang/Object;)V", false);
            for (int index = 0; index < places.length; index++) {
                super.visitVarInsn(kept.get(index).getOpcode(Opcodes.ILOAD), places[index]);
            }
        }

        private void box(Type type) {
            if (type.getSort() >= Type.ARRAY) {
                return;
            }
            String name = type.getClassName();
            String boxed = "java/lang/" + (name.equals("int") ? "Integer" : name.equals("char") ? "Character"
                : Character.toUpperCase(name.charAt(0)) + name.substring(1));
            super.visitMethodInsn(Opcodes.INVOKESTATIC, boxed, "valueOf", "(" + type.getDescriptor() + ")L" + boxed + ";", false);
        }
    }
}
